//! What is marked beside the name of an account wherever it is shown: that it is a key account.

use std::collections::HashMap;

use kontor_domain::key_account::Reach;
use maud::{Markup, html};

use super::texts::Texts;

/// The key accounts of the house, by account; with those of a whole group, all of the group's accounts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks(HashMap<i64, Reach>);

impl Marks {
    /// These accounts are key accounts.
    pub fn new(accounts: impl IntoIterator<Item = (i64, Reach)>) -> Marks {
        let mut marks = HashMap::new();
        for (account_id, reach) in accounts {
            // What is declared of the account itself counts before what its group brings.
            marks.entry(account_id).or_insert(reach);
        }
        Marks(marks)
    }

    /// How far a key account reaches; `None` for any other account.
    pub fn of(&self, account_id: i64) -> Option<Reach> {
        self.0.get(&account_id).copied()
    }

    /// How many accounts are marked.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The badge of an account; nothing for one that is no key account.
    pub fn badge(&self, t: &Texts, account_id: i64) -> Markup {
        html! { @if self.of(account_id).is_some() { " " span.badge."badge--key" { (t.web_key_account()) } } }
    }
}

#[cfg(test)]
mod tests {
    use kontor_domain::team::Language;

    use super::*;

    #[test]
    fn what_is_declared_first_counts_and_only_key_accounts_have_a_badge() {
        let marks = Marks::new([(1, Reach::National), (1, Reach::Group), (2, Reach::Group)]);
        assert_eq!((marks.of(1), marks.of(2), marks.of(3), marks.len()), (Some(Reach::National), Some(Reach::Group), None, 2));
        let t = Texts::of(Language::De);
        assert!(marks.badge(t, 2).into_string().contains("Key-Account"));
        assert_eq!(marks.badge(t, 3).into_string(), "");
    }
}
