"""test"""
import time
import pytest
from collections import Counter
from tests.hostile import *
from tests.hostile_lab import *
from tests.pages import pages
from tests.leaky_lab import everybody

@pytest.mark.django_db
def test_x():
    t=time.time(); c=time.process_time()
    lab=a_hostile_lab()
    browsers=everybody(lab.here.lab, lab.here.owners)
    print("build",time.time()-t,time.process_time()-c)
    print(len(lab.met), min(sum(n in v for v in lab.met.values()) for n in range(len(HOSTILE))), lab.refused-set(lab.met), {f"{m._meta.label}.{f.name}" for m,f in written_fields()}-set(lab.met))
    t=time.time(); c=time.process_time()
    ob=Counter(); sh=Counter(); k=0; al=set(); views=set(); texts=Counter()
    for p in pages(lab.here,browsers,"sv"):
        k+=1; views.add(p.view)
        if SIGN.search(p.html):
            r=Reading(p.html)
            al|={int(n) for n in SIGN.findall(p.html)}
            for o in r.obeyed: ob[p.view,o]+=1
            for s in r.shared: sh[p.view,s]+=1
    print(k,len(views),time.time()-t,time.process_time()-c, len(al))
    print([ (n,HOSTILE[n]) for n in range(len(HOSTILE)) if n not in al])
    for x in ob.most_common(): print(x)
    for x in sorted(sh.items()): print(x)
