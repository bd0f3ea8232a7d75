"""Use cases of letters: posting and dropping, addresses, delivery."""

from engage.messages.actions.addresses import address_for_mail, choose_topics, end_topic, erase_unused, readdress, resume_topic
from engage.messages.actions.delivery import Outcome, begin_try, claim, conclude, erase_ended, settle_unreached
from engage.messages.actions.posting import drop, drop_about, drop_subject, erase, hand_on, post

__all__ = [
    "Outcome", "address_for_mail", "begin_try", "choose_topics", "claim", "conclude", "drop", "drop_about", "drop_subject",
    "end_topic", "erase", "erase_ended", "erase_unused", "hand_on", "post", "readdress", "resume_topic", "settle_unreached",
]
