"""Meetings of the record, formal and informal: when, where, who, and what is known of them."""
