"""Each organisation accepts those who are to speak for it, and nobody else can; a new one asks, and is admitted."""

from .stage import Story


async def accept(story: Story) -> None:
    """The administrators accept the people whom the operator's file proposed. Until then these act for nobody."""
    accepted = 0
    for administrator in story.texts["administrators"]:
        session = story.as_(administrator)
        for mandate in (await session.ask("MyMandates"))["viewer"]["waiting"]["nodes"]:
            await session.do("AcceptMandate", mandate=mandate["id"])
            accepted += 1
    story.stage.say(
        "", f"{len(story.texts['administrators'])} organisations accepted the {accepted} who speak for them."
    )


async def admit(story: Story) -> None:
    """Somebody whom the service does not know applies for an organisation; the Forum's secretariat admits it as an
    observer, and it names who speaks for it."""
    asked = story.texts["admission"]
    forums = (await story.as_(None).ask("Forums", filter=None, first=100, after=None))["forums"]["nodes"]
    forum = next(node["id"] for node in forums if node["slug"] == "gfmd")
    applicant = story.as_(asked["persona"])
    application = (await applicant.do("ApplyForAdmission", forum=forum, **asked["says"]))["application"]["id"]
    seat = {"status": "OBSERVER", "mechanisms": asked["mechanisms"]}
    office = story.as_("gfmd-secretariat")
    admitted = await office.do("AdmitOrganisation", forum=forum, application=application, **seat)
    organisation = admitted["organisation"]
    named = {"organisation": organisation["id"], "role": "REPRESENTATIVE", **asked["names"]}
    await applicant.do("NameRepresentative", **named)
    story.stage.say(
        "", f"{organisation['name']} asked to be admitted, and is an observer; its own people speak for it."
    )
