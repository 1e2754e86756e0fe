//! Contacts with customers: visits, calls, mails; who took part, what came of it, what is next; files that belong to them.
