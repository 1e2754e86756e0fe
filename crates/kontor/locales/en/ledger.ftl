ledger-files-missing = Please choose at least one file that is not empty.
ledger-source-wrong = At most 60 letters, digits, blanks, points and dashes.
ledger-import-busy = Somebody is working on this import. Please try again in a moment.
ledger-import-not-open = This import is not open any more.
ledger-import-not-booked = This import is not booked.
ledger-undo-later-first = A later import builds on this one; please take the later one back first.
ledger-unreadable = The files cannot be read like this: { $reason }
ledger-cancelled = The work was given up.
