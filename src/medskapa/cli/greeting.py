"""What `medskapa serve` says when it is ready: the address, and in local mode the demo people."""

from medskapa.cli.environment import Environment

WIDTH = 28


def greeting(found: Environment, port: int) -> str:
    """The text to print, ending in a line break. At most two SQL queries."""
    if not found.is_local:
        return f"Medskapa answers for {', '.join(found.hosts)} (port {port}).\n"
    lines = [f"Medskapa is ready: http://localhost:{port}/", "Stop it with Ctrl+C. Mails are shown here and on the page Sent mail."]
    people = _demo_people()
    if people:
        lines += ["", f"Sign in as one of the demo people with one click: http://localhost:{port}/en/sign-in/", *people]
        lines += ["Or come back as one of the demo's storytellers, with a code:", *_demo_codes()]
    return "\n".join(lines) + "\n"


def _demo_people() -> list[str]:
    from medskapa.ground.labs.models import RoleGiven

    given = RoleGiven.objects.filter(participation__account__is_demo=True, valid_to=None).select_related("participation")
    roles: dict[str, list[str]] = {}
    for row in given.order_by("pk"):
        roles.setdefault(row.participation.name, []).append(str(row.get_role_display()))
    return [f"  {name:<{WIDTH}} {', '.join(dict.fromkeys(named))}" for name, named in roles.items()]


def _demo_codes() -> list[str]:
    from medskapa.outlook.demo.codes import known_tellers

    return [f"  {code:<{WIDTH}} {says}" for code, says in known_tellers("en")]
