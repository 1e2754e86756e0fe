//! What events of interactions and of their rhythm were about.

use kontor_domain::audit::Event;
use kontor_domain::cadence::{Interval, Rule, Rules};

use crate::web::format::Locale;
use crate::web::texts::Texts;

/// What it was about and the changes, each as name and value.
pub(super) fn details(t: &Texts, locale: Locale, event: &Event) -> Vec<(String, String)> {
    let named = |account: &str| (t.audit_account(), account.to_owned());
    match event {
        Event::InteractionLogged { account, kind, day, confidentiality, .. } => vec![
            named(account),
            (t.interactions_kind(), by_name(t, "interactions-kind", kind.name())),
            (t.interactions_day(), locale.date(*day)),
            (t.interactions_confidentiality(), by_name(t, "interactions-confidentiality", confidentiality.name())),
        ],
        Event::InteractionsLogged { interactions, accounts } => {
            vec![(t.interactions_title(), locale.integer(*interactions)), (t.nav_accounts(), locale.integer(*accounts))]
        }
        Event::InteractionChanged { account, fields, .. } => {
            let fields: Vec<String> = fields.iter().map(|field| by_name(t, "interactions-field", field)).collect();
            vec![named(account), (t.interactions_fields(), fields.join(", "))]
        }
        Event::InteractionArchived { account, archived, .. } => vec![named(account), (t.interactions_archived(), yes_no(t, *archived))],
        Event::InteractionStepDone { account, done, .. } => vec![named(account), (t.interactions_step_done(), yes_no(t, *done))],
        Event::AttachmentsAdded { account, attachments, bytes, .. } => vec![
            named(account),
            (t.audit_files(), locale.integer(attachments.len() as u64)),
            (t.interactions_bytes(), locale.integer(*bytes)),
        ],
        Event::AttachmentArchived { account, .. } => vec![named(account)],
        Event::CadenceRulesSet { before, after } => rules(t, before, after),
        Event::CadenceSet { account, person, before, after, .. } => {
            let mut details = vec![named(account)];
            details.extend(person.clone().map(|person| (t.audit_person(), person)));
            details.push((t.cadence_interval(), format!("{} → {}", interval(*before), interval(*after))));
            details
        }
        _ => Vec::new(),
    }
}

fn yes_no(t: &Texts, yes: bool) -> String {
    if yes { t.web_yes() } else { t.web_no() }
}

fn by_name(t: &Texts, prefix: &str, name: &str) -> String {
    t.by_key(&format!("{prefix}-{name}")).unwrap_or_else(|| name.to_owned())
}

fn interval(interval: Option<Interval>) -> String {
    interval.map_or_else(|| "–".to_owned(), |interval| interval.to_string())
}

/// The rules that differ, by class and role.
fn rules(t: &Texts, before: &Rules, after: &Rules) -> Vec<(String, String)> {
    let mut of: Vec<_> = before.all().iter().chain(after.all()).map(|rule| (rule.class, rule.role)).collect();
    of.sort();
    of.dedup();
    let differ = of.into_iter().filter(|&(class, role)| before.of(class, role) != after.of(class, role));
    let said = |rule: Option<&Rule>| {
        rule.map_or_else(
            || "–".to_owned(),
            |rule| {
                let kinds: Vec<String> = rule.kinds.iter().map(|kind| by_name(t, "interactions-kind", kind.name())).collect();
                format!("{} ({})", rule.interval, kinds.join(", "))
            },
        )
    };
    differ
        .map(|(class, role)| {
            let name = format!("{class}, {}", by_name(t, "stakeholders-role", role.name()));
            (name, format!("{} → {}", said(before.of(class, role)), said(after.of(class, role))))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use kontor_domain::abc::Class;
    use kontor_domain::stakeholder::BuyingRole;
    use kontor_domain::team::Language;

    use super::*;

    #[test]
    fn only_rules_that_changed_are_told() {
        let before = Rules::default();
        let fewer = before.all().iter().filter(|rule| (rule.class, rule.role) != (Class::A, BuyingRole::Decider.into())).cloned().collect();
        let event = Event::CadenceRulesSet { before: Box::new(before), after: Box::new(Rules::new(fewer).expect("rules")) };
        let told = details(Texts::of(Language::De), Locale::of(Language::De), &event);
        assert_eq!(told, [("A, Entscheider".to_owned(), "14/28 (Besuch, Telefonat, Videogespräch, Veranstaltung) → –".to_owned())]);
    }
}
