accounts-parts = Parts of the account's file
accounts-part-people = Contacts
accounts-part-overview = Overview
accounts-part-team = Account team
accounts-number-of = No. { $number } ({ $source })
accounts-part-group = Group
