ledger-files-missing = Bitte mindestens eine Datei mit Inhalt wählen.
ledger-source-wrong = Höchstens 60 Buchstaben, Ziffern, Leerzeichen, Punkte und Striche.
ledger-import-busy = An diesem Import wird gerade gearbeitet. Bitte gleich noch einmal.
ledger-import-not-open = Dieser Import ist nicht mehr offen.
ledger-import-not-booked = Dieser Import ist nicht gebucht.
ledger-undo-later-first = Ein späterer Import baut auf diesem auf; bitte erst den späteren zurücknehmen.
ledger-unreadable = Die Dateien lassen sich so nicht lesen: { $reason }
ledger-cancelled = Die Arbeit wurde abgebrochen.
