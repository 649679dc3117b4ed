"""Addresses of the room. The one where people join lies outside any lab, and says nothing about what it is for."""

from django.urls import path

from medskapa.stages.labday.views import blocks, days, doors, joining, tables

app_name = "labday"
urlpatterns = [
    path("day/", days.days, name="days"),
    path("day/<id:day>/", days.day, name="day"),
    path("day/<id:day>/screen/", days.screen, name="screen"),
    path("day/<id:day>/door/", doors.door, name="door"),
    path("day/<id:day>/door/open/", doors.open_it, name="open_door"),
    path("day/<id:day>/door/close/", doors.close_it, name="close_door"),
    path("day/<id:day>/in/", joining.joined, name="joined"),
    path("day/<id:day>/blocks/new/", blocks.new_block, name="new_block"),
    path("day/<id:day>/blocks/<id:block>/edit/", blocks.edit_a_block, name="edit_block"),
    path("day/<id:day>/blocks/<id:block>/remove/", blocks.remove_a_block, name="remove_block"),
    path("day/<id:day>/blocks/<id:block>/move/", blocks.move, name="move_block"),
    path("day/<id:day>/blocks/<id:block>/start/", blocks.start, name="start_block"),
    path("day/<id:day>/blocks/<id:block>/end/", blocks.end, name="end_block"),
    path("day/<id:day>/tables/new/", tables.new_table, name="new_table"),
    path("tables/<id:table>/", tables.table, name="table"),
    path("tables/<id:table>/sheet/", tables.sheet, name="sheet"),
    path("tables/<id:table>/edit/", tables.edit_a_table, name="edit_table"),
    path("tables/<id:table>/remove/", tables.remove_a_table, name="remove_table"),
    path("tables/<id:table>/seats/new/", tables.new_seat, name="new_seat"),
    path("tables/<id:table>/sit-down/", tables.sit_down, name="sit_down"),
    path("tables/<id:table>/seats/<id:seat>/check-in/", tables.check_in_seat, name="check_in"),
    path("tables/<id:table>/seats/<id:seat>/free/", tables.free_seat, name="free_seat"),
]
outside = [path("join/", joining.join, name="join")]
