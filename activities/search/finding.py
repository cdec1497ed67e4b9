"""What fits a search, in order, with its counts; and what would fit with one wish less."""

import math
from collections.abc import Collection, Iterable
from datetime import date, datetime

import numpy as np
from pyroaring import BitMap

from activities.models import Activity, Session
from activities.search import shelf
from activities.search.counts import EVERY_CHOICE, both, counted, counted_without
from activities.search.facts import NO_LIMIT, moment_of
from activities.search.index import Index
from activities.search.ranking import Question, best_slots
from activities.search.said import Said, said
from activities.search.wanted import Found, Hit, Wanted
from activities.search.wishes import chosen, months_to_wait, on_time, wishes
from huizen.words import wall


def find(
    wanted: Wanted,
    *,
    now: datetime,
    start: int = 0,
    stop: int = 20,
    counting: Collection[str] = EVERY_CHOICE,
) -> Found:
    """All that fits: how many, the hits from `start` to `stop` (not included) in order, what each choice would give.

    `counting`: the names of the choices whose counts are shown; counting all of them takes as long as finding.
    """
    index = shelf.current(now=now)
    with index.lock:
        question = _question(index, wanted, now)
        fits = _wishes(index, question)
        found = both(index, on_time(index, wanted, now), fits)
        slots = best_slots(index, found, question, max(0, start), max(0, stop))
        return Found(
            total=len(found),
            hits=_hits(index, slots, question),
            counts=counted(index, wanted, fits, now, counting) if counting else {},
            **_by_words(question.said),
        )


def _by_words(said: Said | None) -> dict:
    """What is told of the words themselves."""
    if not said:
        return {}
    match = said.match
    return {"things": said.things, "corrected": match.corrected, "suggestion": match.suggestion}


def takes_place(wanted: Wanted, *, now: datetime) -> bool:
    """Whether anything of what her words mean happens when she asks."""
    index = shelf.current(now=now)
    with index.lock:
        question = _question(index, wanted, now)
        fits, timely = _wishes(index, question), on_time(index, wanted, now)
        meant = _of_kinds(index, wanted.offer_types)
        return bool(meant & both(index, timely, fits))


def _of_kinds(index: Index, kinds: Iterable[str]) -> BitMap:
    return BitMap.union(BitMap(), *(index.columns.sets["soort"].get(kind, BitMap()) for kind in kinds))


def without(wanted: Wanted, *, now: datetime) -> dict[str, int]:
    """How many would fit if one wish were dropped, by its name in the address.

    Where several are about the moment, `moment` says what there would be without any of those.
    """
    index = shelf.current(now=now)
    with index.lock:
        return counted_without(index, wanted, _wishes(index, _question(index, wanted, now)), now)


def cards(hits) -> list[Activity]:
    """The activities of hits, in their order, each with what its card needs: two queries.

    An activity that went since it was found is left out.
    """
    hits = list(hits)
    rows = Activity.objects.published().select_related("house", "organiser", "location__municipality")
    activities = rows.in_bulk([hit.activity_id for hit in hits])
    sessions = Session.objects.in_bulk([hit.session_id for hit in hits if hit.session_id])
    for hit in hits:
        if activity := activities.get(hit.activity_id):
            activity.next_session = sessions.get(hit.session_id)
            activity.ongoing, activity.distance, activity.fits_from = (
                hit.ongoing,
                hit.distance_km,
                hit.fits_from,
            )
    return [activities[hit.activity_id] for hit in hits if hit.activity_id in activities]


def _question(index: Index, wanted: Wanted, now: datetime) -> Question:
    return Question(
        wanted,
        said=said(index, wanted),
        chosen=chosen(index, wanted, now),
        wait=months_to_wait(index, wanted) if wanted.children else None,
        now=now,
    )


def _wishes(index: Index, question: Question) -> dict[str, BitMap]:
    spoken = question.said.slots if question.said else None
    return wishes(index, question.wanted, spoken=spoken, wait=question.wait)


def _hits(index: Index, slots: np.ndarray, question: Question) -> tuple[Hit, ...]:
    columns, spot, wait = index.columns, question.wanted.spot, question.wait
    kilometres = columns.kilometres(spot.lat, spot.lon)[slots].tolist() if spot else [math.nan] * len(slots)
    months = wait[slots].tolist() if wait is not None else [0] * len(slots)
    today = wall(question.now).date()
    return tuple(
        Hit(
            activity_id=activity,
            ongoing=columns.ongoing.get(slot, ""),
            distance_km=None if math.isnan(km) else km,
            fits_from=_month_after(today, int(later)) if later else None,
            **_moment(index, place),
        )
        for slot, activity, place, km, later in zip(
            slots.tolist(),
            columns["id"][slots].tolist(),
            question.chosen.first[slots].tolist(),
            kilometres,
            months,
            strict=True,
        )
    )


def _moment(index: Index, place: int) -> dict:
    """What a hit says of the moment that stands at a place; nothing where there is none."""
    if place < 0:
        return {}
    moments = index.moments.columns
    left = int(moments["left"][place])
    return {
        "session_id": int(moments["id"][place]),
        "starts_at": moment_of(int(moments["starts"][place])),
        "ends_at": moment_of(int(moments["ends"][place])),
        "left": None if left == NO_LIMIT else left,
    }


def _month_after(day: date, months: int) -> date:
    """The first day of the month that lies so many months after a day's."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)
