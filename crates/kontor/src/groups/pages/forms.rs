//! Entering and correcting an edge.

use kontor_domain::group::Edge;
use maud::{Markup, html};

use super::name_of;
use crate::accounts::directory::Directory;
use crate::accounts::pages::name;
use crate::accounts::store::Account;
use crate::fault::FieldError;
use crate::groups::forms::{EdgeForm, Relation};
use crate::web::components::{Field, Input, button, error_summary, headline, section};
use crate::web::context::Page;
use crate::web::texts::Texts;
use crate::web::url;

/// The form of a new edge.
pub(super) fn new_page(page: &Page, account: &Account, form: &EdgeForm, errors: &[FieldError]) -> Markup {
    let t = page.t();
    let (back, title) = (url::group(account.id), name(account));
    let main = html! {
        (headline(&[(url::ACCOUNTS, &t.nav_accounts()), (&back, title)], t.groups_add(), "", ""))
        (error_summary(t, errors))
        form.form method="post" action=(url::new_group_edge(account.id)) {
            p.field__hint { (title) " …" }
            (Field::new("relation", t.groups_relation(), Input::Select(&relations(t, |_| true))).value(&form.relation).errors(errors).show(t))
            (Field::new("account", t.groups_account(), Input::Text("text")).value(&form.account).hint(t.groups_account_hint()).required().errors(errors).show(t))
            (terms(t, form, errors))
            div.actions { (button(&t.groups_add())) a.button href=(back) { (t.web_cancel()) } }
        }
    };
    page.render(&t.groups_add(), main)
}

fn relations(t: &Texts, is_offered: impl Fn(&Relation) -> bool) -> Vec<(String, String)> {
    Relation::ALL.into_iter().filter(is_offered).map(|relation| (relation.name(), relation_name(t, relation))).collect()
}

/// How an account stands to the other one: `Tochter von`.
pub(super) fn relation_name(t: &Texts, relation: Relation) -> String {
    t.by_key(&format!("groups-relation-{}", relation.name())).unwrap_or_default()
}

fn terms(t: &Texts, form: &EdgeForm, errors: &[FieldError]) -> Markup {
    html! {
        (Field::new("share", t.groups_share(), Input::Short).value(&form.share).hint(t.groups_share_hint()).errors(errors).show(t))
        (Field::new("from", t.groups_from(), Input::Day).value(&form.from).hint(t.groups_from_hint()).errors(errors).show(t))
        (Field::new("to", t.groups_to(), Input::Day).value(&form.to).hint(t.groups_to_hint()).errors(errors).show(t))
    }
}

/// What was typed on the page of an edge, and what is wrong with it.
pub(super) struct Typed<'a> {
    pub(super) form: EdgeForm,
    pub(super) last: String,
    pub(super) errors: &'a [FieldError],
}

/// The page of an edge: correct it, end it, take it back.
pub(super) fn edit_page(page: &Page, directory: &Directory, account_id: i64, edge: &Edge, typed: &Typed<'_>) -> Markup {
    let t = page.t();
    let (back, here) = (url::group(account_id), url::group_edge(account_id, edge.id));
    let is_up = edge.child == account_id;
    let other = if is_up { edge.parent } else { edge.child };
    let title = html! { (name_of(directory, account_id)) " " span.quiet { (relation_name(t, Relation { kind: edge.kind, is_up })) } " " (name_of(directory, other)) };
    let main = html! {
        (headline(&[(url::ACCOUNTS, &t.nav_accounts()), (&back, name_of(directory, account_id))], title, "", ""))
        (error_summary(t, typed.errors))
        div.columns {
            (section(6, &t.groups_edit(), "", html! {
                form.form method="post" action=(here) {
                    (Field::new("relation", t.groups_relation(), Input::Select(&relations(t, |relation| relation.is_up == is_up))).value(&typed.form.relation).errors(typed.errors).show(t))
                    (terms(t, &typed.form, typed.errors))
                    div.actions { (button(&t.web_save())) a.button href=(back) { (t.web_cancel()) } }
                }
            }))
            (section(6, &t.groups_end(), "", html! {
                form.form method="post" action={ (here) "/end" } {
                    (Field::new("last", t.groups_last_day(), Input::Day).value(&typed.last).hint(t.groups_end_hint()).errors(typed.errors).show(t))
                    div.actions { button.button { (t.groups_end()) } }
                }
                form.form method="post" action={ (here) "/withdraw" } data-confirm=(t.groups_withdraw_confirm()) {
                    p.field__hint { (t.groups_withdraw_text()) }
                    div.actions { button.button { (t.groups_withdraw()) } }
                }
            }))
        }
    };
    page.render(&t.groups_edit(), main)
}
