"""The planned dates of a track's stages: counted from the edition's anchors, or extended by hand."""

from datetime import datetime

import strawberry

from ...reading.declare import col, lives, to_one
from ...reading.visibility import everybody
from ...store.tables import names as t
from .common import Node
from .links import TrackLink


@strawberry.type(description="When a stage of a track is planned to open and to close.")
@lives(t.stage_window, ("stage", "id"), visible=everybody)
class StageWindow(Node):
    track: TrackLink | None = to_one("track_id", description="The track.")
    stage: str = col(description="The stage, by its name in the process.")
    opens_at: datetime | None = col(description="When it is planned to open; null where that is not planned.")
    closes_at: datetime | None = col(
        description="The first instant at which it is over; null where that is not planned."
    )
    time_zone: str = col("zone", description="The zone in which the dates are spoken.")
    extended: bool = col(
        description="Whether it was given more time by hand; then it is no longer counted from an anchor."
    )
