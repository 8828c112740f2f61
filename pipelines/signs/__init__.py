"""The signs: small pure functions, each from a document to the signals it sees; `verdict.py` weighs them.

A sign looks, it does not judge: it names what it saw and to which liveness that points, and `weights.py` says how much
that counts. A new sign is a function in the module of its subject and a row in that module's SIGNS table.
"""
