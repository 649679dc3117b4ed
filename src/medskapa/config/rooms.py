"""The rooms in the order of import: each may use those before it. Their addresses are put together in ``urls``."""

ROOMS = (
    "medskapa.ground.web",
    "medskapa.ground.ledger",
    "medskapa.ground.places",
    "medskapa.ground.people",
    "medskapa.ground.labs",
    "medskapa.ground.safeguarding",
    "medskapa.stages.listening",
    "medskapa.stages.understanding",
    "medskapa.stages.cocreation",
    "medskapa.stages.labday",
    "medskapa.stages.selection",
    "medskapa.stages.outcomes",
    "medskapa.stages.incubation",
    "medskapa.stages.pilots",
    "medskapa.outlook.thread",
    "medskapa.outlook.newsroom",
    "medskapa.outlook.demo",
)
