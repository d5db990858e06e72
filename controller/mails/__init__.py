"""Mails: reports that go by e-mail when their week or month is over, once each."""
