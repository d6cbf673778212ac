"""The ladder told → recognised → recalled: in which form a card is asked.

Recognition (choosing among options) succeeds earlier, recall (producing the answer) teaches
more: see Rowland, "The effect of testing versus restudy on retention" (Psychological
Bulletin 2014). So a card is recognised first and recalled once it is stable.
"""

from collections.abc import Iterable
from typing import TypeVar

from questions.domain.chance import draw
from questions.domain.questions import RECOGNITION
from questions.domain.scheduling.memory import MemoryState, Step

Form = TypeVar("Form", bound=str)


def tier(form: str) -> Step:
    """The step on which a form stands; a flashcard, or any form not known here, is recall."""
    return Step.RECOGNISE if form in RECOGNITION else Step.RECALL


def form_for(state: MemoryState | None, available: Iterable[Form], key: bytes) -> Form | None:
    """The form to ask in, of those for which the card has an active question; None for none.

    Forms of the state's step are preferred, any other serves where there are none. Among
    several the key decides, which should be a keyed hash of the memory and its version: the
    same until answered, another the next time.
    """
    forms = sorted(set(available))
    wanted = Step.RECALL if state and state.step is Step.RECALL else Step.RECOGNISE
    fitting = [form for form in forms if tier(form) is wanted] or forms
    return draw(key, "form").choose(fitting) if fitting else None
