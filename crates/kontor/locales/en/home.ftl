# My accounts
home-finding = { $count ->
    [one] { $waiting ->
        [0] You are in step with your account
       *[other] Your account waits for contact
    }
   *[other] { $waiting ->
        [0] You are in step with all { $count } accounts
        [one] One of your { $count } accounts waits for contact
       *[other] { $waiting } of your { $count } accounts wait for contact
    }
}
home-sub = All accounts on whose team you are; who has waited longest comes first.
home-none = You do not look after any account yet.
home-none-sub = Here stand the accounts on whose team you are.
home-steps = { $count ->
    [one] One next step waits for you
   *[other] { $count } next steps wait for you
}
home-more-steps = and { $count } more
cadence-own-hint = Both fields empty: back to the rule of the class.
