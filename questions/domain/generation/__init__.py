"""Writing questions: from facts to a bank, with reasons for whatever is refused."""

from questions.domain.generation.bank import write, write_bank
from questions.domain.generation.together import gives_away

__all__ = ["gives_away", "write", "write_bank"]
