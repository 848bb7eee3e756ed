"""Each organisation accepts those who are to speak for it; nobody else can."""

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
