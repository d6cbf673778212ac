"""Writing questions: from facts to a bank, with reasons for whatever is refused."""

from questions.domain.generation.affected import affected_uids
from questions.domain.generation.bank import Made, write, write_bank

__all__ = ["Made", "affected_uids", "write", "write_bank"]
