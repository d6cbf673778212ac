"""Writing questions: from facts to a bank, with reasons for whatever is refused."""

from questions.domain.generation.affected import affected_uids
from questions.domain.generation.bank import Made, write, write_bank
from questions.domain.generation.together import gives_away

__all__ = ["Made", "affected_uids", "gives_away", "write", "write_bank"]
