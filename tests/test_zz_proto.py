import re,time,sys
from collections import defaultdict,Counter
from html.parser import HTMLParser
from itertools import cycle
import pytest
sys.path.insert(0,"/tmp/w/ht")
import hostile_payloads as h
from django.apps import apps
from django.db import models, transaction
from medskapa.ground.ledger.models import DataKey
from medskapa.ground.ledger.sealing import SealedText, seal
from medskapa.ground.web.fields import LanguageField
from tests.leaky_lab import a_leaky_lab, everybody
from tests.access import addresses, OWN, OUTSIDE
from tests.addresses import filled

P=[b+e for b in h.BREAKOUTS for e in h.ELEMENTS]+list(h.REST)
P=[p.replace("zq",f"zq{i}x") for i,p in enumerate(P)]
ROOMS={c.label for c in apps.get_app_configs() if c.name.startswith("medskapa.")}-{"places","ledger","web"}
MACHINE=re.compile(r"(public_id|slug|.*hash|chain_head|by|raised_by|subject|stage|field|currency|time_zone|phone|to|zone|token.*)$")
def fields():
    for m in apps.get_models():
        if m._meta.app_label in ROOMS:
            for f in m._meta.concrete_fields:
                if isinstance(f,(models.CharField,models.TextField,SealedText)) and not f.choices and not isinstance(f,(LanguageField,models.URLField,models.EmailField,models.SlugField)) and not MACHINE.match(f.name):
                    yield m,f
def deal(most,d=[0]):
    got=[]; n=0; tries=0
    while len(got)<4 and tries<30:
        p=P[d[0]%len(P)]; d[0]+=1; tries+=1
        if n+len(p)+1<=most: got.append(p); n+=len(p)+1
    return " ".join(got)
class Finder(HTMLParser):
    pass
VOID={"input","br","img","meta","link","hr","source","use","path","circle","rect","line","wbr","base","embed","col","area","ellipse","polyline","polygon"}
@pytest.mark.django_db
def test_x():
    t=time.time()
    here=a_leaky_lab()
    browsers=everybody(here.lab,here.owners)
    print("build",time.time()-t)
    slots=Counter()
    for m,f in fields():
        for row in m._default_manager.all():
            v=getattr(row,f.attname)
            if isinstance(f,SealedText):
                if v is None: continue
                text=deal(f.max_characters)
                new=seal(text,DataKey.objects.get(public_id=v.key_id))
            else:
                new=text=deal(min(f.max_length or 3000,3000))
                if v is None: continue
            slots[f"{m._meta.label}.{f.name}"]+=1
            try:
                with transaction.atomic(): m._default_manager.filter(pk=row.pk).update(**{f.name:new})
            except Exception as e: slots[f"{m._meta.label}.{f.name}"]-=1; print("no",e)
    for k,v in sorted(slots.items()): print(k,v)
    print(len(slots),sum(slots.values()))
    t=time.time(); n=Counter(); c=time.process_time(); bad=[]; seen=Counter(); ctxs=Counter(); pp=0
    signs=set()
    for who,client in browsers.items():
        t1=time.process_time(); k=0
        for where in (OUTSIDE,OWN):
            for view,route,patterns in addresses(where):
                for what,args in here.arguments(view).items():
                    a=filled(patterns,"sv",**args)
                    sp=transaction.savepoint()
                    cookies=client.cookies.copy()
                    try: r=client.get(a)
                    except Exception as e:
                        import traceback
                        bad.append((who,a,traceback.format_exc()[-600:])); transaction.savepoint_rollback(sp); continue
                    finally: client.cookies=cookies
                    transaction.savepoint_rollback(sp)
                    n[r.status_code]+=1
                    if r.status_code==200 and not r.streaming:
                        k+=1
                        s=r.content.decode()
                        found=h.SIGN.findall(s)
                        if found:
                            seen[view]+=1; signs.update(found)
                            t2=time.process_time()
                            check(s,view,ctxs)
                            pp+=time.process_time()-t2
        print(who,k,time.process_time()-t1)
    print(n,time.process_time()-c,time.time()-t,"parse",pp)
    print(len(signs),len(P))
    for b in bad: print(*b)
    import json
    json.dump({"ctx":sorted(ctxs.items(),key=lambda x:-x[1])},open("/tmp/w/ht/ctx.json","w"),indent=0,ensure_ascii=False)
    json.dump(sorted(seen),open("/tmp/w/ht/seen.json","w"))
OKATTR={"value","title","aria-label","alt","content","placeholder"}
BLOCK={"p","h1","h2","h3","li","td","th","dd","dt","div","title","option","textarea","label","legend","summary","caption","figcaption","footer","header","blockquote","section","a","b","span","small","strong","button","em","text","time","desc"}
class Structure(HTMLParser):
    def __init__(s,view,ctxs): super().__init__(); s.stack=[]; s.view=view; s.ctxs=ctxs
    def handle_starttag(s,tag,attrs):
        for k,v in attrs:
            if h.SIGN.search(k): s.ctxs[f"BREACH attrname {s.view} {tag} {k}"]+=1
            if v and h.SIGN.search(v) and k not in OKATTR: s.ctxs[f"ATTR {s.view} {tag} {k} {v[:80]}"]+=1
        if h.SIGN.search(tag): s.ctxs[f"BREACH tag {s.view} {tag}"]+=1
        if tag not in VOID: s.stack.append([tag,dict(attrs),[]])
        elif s.stack: s.stack[-1][2].append(("el",tag))
    def handle_startendtag(s,tag,attrs):
        s.handle_starttag(tag,attrs)
        if tag not in VOID: s.handle_endtag(tag)
    def handle_endtag(s,tag):
        while s.stack:
            e=s.stack.pop(); s.done(e)
            if s.stack: s.stack[-1][2].append(("el",e[0]))
            if e[0]==tag: break
    def done(s,e):
        tag,attrs,kids=e
        if any(k[0]=="d" and h.SIGN.search(k[1]) for k in kids):
            if tag in {"script","style"}: s.ctxs[f"BREACH raw {s.view} {tag}"]+=1
            iso=tag=="bdi" or any(("dir" in x[1] or x[0]=="bdi") and x[0]!="html" for x in s.stack+[e])
            if not iso:
                others=[k for k in kids if (k[0]=="d" and k[1].strip() and not h.SIGN.search(k[1])) ]
                alone=len([k for k in kids if k[0]=="d" and h.SIGN.search(k[1])])==1 and not others
                s.ctxs[f"{'ALONE' if alone else 'SHARED'} {s.view} {'>'.join(x[0] for x in s.stack[-2:])}>{tag} {attrs.get('class','')}"]+=1
    def handle_data(s,d):
        if s.stack: s.stack[-1][2].append(("d",d))
    def handle_comment(s,d):
        if h.SIGN.search(d): s.ctxs[f"BREACH comment {s.view}"]+=1
    handle_pi=handle_decl=unknown_decl=handle_comment
def check(text,view,ctxs):
    p=Structure(view,ctxs); p.feed(text); p.close()
