"""The loopback sandbox: a mail server to try inboxd against and to test it with.

Imports nothing of inboxd but its errors. `server.MailServer` is the way in.
"""
