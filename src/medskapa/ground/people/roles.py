"""The roles a person can have in a lab, and the kinds of organisation. What each role may do stands in permissions.toml."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A role in one lab. One person may hold several, each with its dates."""

    PROCESS_LEADER = "process_leader", _("Process leader")
    MODERATOR = "moderator", _("Moderator")
    SENSE_MAKER = "sense_maker", _("Sense-maker")
    INTERPRETER = "interpreter", _("Interpreter")
    SAFEGUARDING_OFFICER = "safeguarding_officer", _("Safeguarding officer")
    SAFEGUARDING_DEPUTY = "safeguarding_deputy", _("Deputy safeguarding officer")
    FACILITATOR = "facilitator", _("Facilitator")
    CO_CREATOR = "co_creator", _("Co-creator")
    ACTOR = "actor", _("Actor")
    PROBLEM_OWNER = "problem_owner", _("Problem owner")
    INNOVATOR = "innovator", _("Innovator")
    JUROR = "juror", _("Juror")
    PROGRAMME_MANAGER = "programme_manager", _("Programme manager")
    COACH = "coach", _("Coach")
    MENTOR = "mentor", _("Mentor")
    PILOT_LEAD = "pilot_lead", _("Pilot lead")
    PRESS_OFFICER = "press_officer", _("Press officer")
    READER = "reader", _("Reader")


class OrganisationKind(models.TextChoices):
    """What an organisation is; the first seven are authorities, whose records can be asked for by anyone."""

    STATE_AGENCY = "state_agency", _("State agency")
    GOVERNMENT = "government", _("Government")
    MUNICIPALITY = "municipality", _("Municipality")
    MUNICIPALITY_DISTRICT = "municipality_district", _("City district")
    MUNICIPALITY_AND_REGION = "municipality_and_region", _("Municipality and region")
    REGION = "region", _("Region")
    MUNICIPAL_ASSOCIATION = "municipal_association", _("Association of local authorities")
    ASSOCIATION_OF_MUNICIPALITIES = "association_of_municipalities", _("National association of municipalities")
    COMPANY = "company", _("Company")
    COMPANY_ASSOCIATION = "company_association", _("Trade association")
    NGO = "ngo", _("Non-profit association")
    NGO_USER_LED = "ngo_user_led", _("Association led by its own target group")
    FAITH_COMMUNITY = "faith_community", _("Faith community")
    FOUNDATION = "foundation", _("Foundation")
    INTERNATIONAL_ORGANISATION = "international_organisation", _("International organisation")


AUTHORITIES = frozenset(
    {
        OrganisationKind.STATE_AGENCY,
        OrganisationKind.GOVERNMENT,
        OrganisationKind.MUNICIPALITY,
        OrganisationKind.MUNICIPALITY_DISTRICT,
        OrganisationKind.MUNICIPALITY_AND_REGION,
        OrganisationKind.REGION,
        OrganisationKind.MUNICIPAL_ASSOCIATION,
    }
)
