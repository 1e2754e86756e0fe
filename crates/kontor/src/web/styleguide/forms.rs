//! Samples of forms and buttons.

use maud::{Markup, html};

use crate::fault::FieldError;
use crate::web::components::{Field, Input, button, error_summary, link_button, post_button, section};
use crate::web::texts::Texts;

fn choices() -> [(String, String); 3] {
    [("EUR", "Euro"), ("CHF", "Schweizer Franken"), ("USD", "US-Dollar")].map(|(value, label)| (value.to_owned(), label.to_owned()))
}

pub(super) fn filter_section() -> Markup {
    let body = html! {
        form.filter action="#" data-auto-submit {
            label { "Suche" input type="search" name="q" value="Söhnke"; }
            label { "Währung" select name="currency" { @for (value, label) in choices() { option value=(value) { (label) } } } }
            label { "Von" input type="text" name="from" value="01.11.2025"; }
            label { input type="checkbox" name="key" checked; "nur Key-Accounts" }
            button.button { "Zeigen" }
        }
    };
    section(12, "Filter", "", body)
}

pub(super) fn form_section(t: &Texts) -> Markup {
    let currencies = choices();
    let body = html! {
        form.form action="#" method="post" data-upload enctype="multipart/form-data" {
            (Field::new("company", "Firma".into(), Input::Text("text")).value("Muster & Söhne GmbH").hint("So steht sie auf gedruckten Seiten.".into()).required().show(t))
            (Field::new("secret", "Passwort".into(), Input::Password).autocomplete("new-password").hint("Mindestens 12 Zeichen; ein Satz ist gut.".into()).show(t))
            (Field::new("currency", "Währung".into(), Input::Select(&currencies)).value("CHF").show(t))
            div.field { label for="field-files" { "Rechnungsdateien" } input #field-files type="file" name="files" multiple; p.field__hint { "CSV, Excel oder Parquet." } }
            div.field { label for="field-reason" { "Begründung" } textarea #field-reason name="reason" placeholder="Warum ist das ein Key-Account?" {} }
            (Field::new("groups", "Konzerne zusammenfassen".into(), Input::Checkbox).value("on").hint("Nach Beteiligung ab 50\u{a0}%.".into()).show(t))
            div.choices { label { input type="radio" name="basis" checked; "Umsatz" } label { input type="radio" name="basis"; "Ertrag" } }
            progress hidden {}
            div.actions { (button("Speichern")) (link_button("#", "Abbrechen", false)) }
        }
    };
    section(6, "Form", "", body)
}

pub(super) fn wrong_form_section(t: &Texts) -> Markup {
    let errors = [FieldError::new("mail", |t| t.team_mail_wrong()), FieldError::day("until")];
    let body = html! {
        (error_summary(t, &errors))
        form.form action="#" method="post" {
            (Field::new("mail", "E-Mail".into(), Input::Text("email")).value("jana.petersen").required().errors(&errors).show(t))
            (Field::new("until", "Gültig bis".into(), Input::Day).value("31.02.2026").errors(&errors).hint("Leer: ohne Ende".into()).show(t))
            div.actions { (button("Anmelden")) }
        }
        form.form.form--row action="#" {
            (Field::new("rate", "1 USD in EUR".into(), Input::Short).value("0,92").show(t))
            (Field::new("day", "Gilt ab".into(), Input::Day).value("01.07.2026").show(t))
            button.button { "Kurs setzen" }
        }
    };
    section(6, "Form with errors, form in a row", "", html! { div.stack { (body) } })
}

pub(super) fn button_section() -> Markup {
    let body = html! {
        div.stack {
            div.actions {
                (button("Buchen"))
                (link_button("#", "CSV", false))
                button.button disabled { "Gesperrt" }
                (post_button("#", "Entfernen", "button button--danger", Some("Wirklich entfernen?")))
                (post_button("#", "Widerrufen", "button button--link", None))
                button.button type="button" data-dialog="sample-dialog" { "Dialog öffnen" }
                button.button type="button" data-print { "Drucken" }
            }
            code.secret { "kontor_3f9a7c21b0d84e5fa6c1" }
            dialog.dialog #sample-dialog aria-labelledby="sample-dialog-title" {
                h2 #sample-dialog-title { "Kurs setzen" }
                form method="dialog" { button.button { "Schließen" } }
            }
        }
    };
    section(12, "Buttons", "", body)
}
