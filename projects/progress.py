"""How far an indicator is, and how far off: one formula for what should rise and what should fall (pure)."""

from decimal import Decimal

#: What stands for a share that cannot be computed.
NOT_APPLICABLE = "n.v.t."


def progress(*, actual: Decimal | None, baseline: Decimal | None, target: Decimal | None) -> Decimal | None:
    """The share of the way from baseline to target that was gone; below 0 and above 1 as it is.

    None where a number is missing, or where the target is where it began.
    """
    if actual is None or baseline is None or target is None or target == baseline:
        return None
    return (actual - baseline) / (target - baseline)


def deviation(*, actual: Decimal, target: Decimal | None) -> Decimal | None:
    """How far from the target, in percent of it: above or below alike. None without a target, or where it is zero.

    Of a target of zero there is no percentage; `deviates` says what counts then.
    """
    return abs(actual - target) / abs(target) * 100 if target else None


def deviates(*, actual: Decimal, target: Decimal | None, percent: int) -> bool:
    """Whether a figure is so far from its target that somebody should say why."""
    if target is None:
        return False
    far = deviation(actual=actual, target=target)
    return actual != 0 if far is None else far > percent


def in_percent(share: Decimal | None) -> str:
    """A share in words: "62 %", "n.v.t."."""
    return NOT_APPLICABLE if share is None else f"{round(share * 100)} %"
