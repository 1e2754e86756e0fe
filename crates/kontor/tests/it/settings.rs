//! Settings and currency rates.

use axum::http::StatusCode;
use kontor_domain::audit::Event;

use crate::on_both_databases;

const FORM: [(&str, &str); 6] = [
    ("company", "Hansen GmbH"),
    ("fiscal_start", "4"),
    ("currency", "chf"),
    ("threshold_a", "70 %"),
    ("threshold_b", "90"),
    ("period", "all"),
];

on_both_databases! {
    async fn settings_are_saved_as_a_new_version(house: House) {
        let mut browser = house.administrator().await;
        assert_eq!(browser.post("/settings", &FORM).await.status, StatusCode::SEE_OTHER);
        let settings = kontor::settings::store::current(house.office.db.read()).await.expect("settings");
        assert_eq!((settings.fiscal_start, settings.currency.code(), settings.thresholds.to_string().as_str()), (4, "CHF", "70,90"));
        let count = house.events().await.len();
        assert_eq!(browser.post("/settings", &FORM).await.status, StatusCode::SEE_OTHER);
        assert_eq!(house.events().await.len(), count, "saving the same again leaves no trace");
    }
}

on_both_databases! {
    async fn wrong_settings_are_told_at_their_fields(house: House) {
        let mut browser = house.administrator().await;
        let form = [("company", " "), ("fiscal_start", "13"), ("currency", "Euro"), ("threshold_a", "95"), ("threshold_b", "80"), ("period", "bald")];
        let page = browser.post("/settings", &form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(page.text().matches("aria-invalid=\"true\"").count(), 5, "{}", page.text());
    }
}

on_both_databases! {
    async fn a_rate_is_set_replaced_and_removed(house: House) {
        let mut browser = house.administrator().await;
        browser.language = "de";
        browser.post("/profile/language", &[("language", "de")]).await;
        let rate = |value| vec![("currency", "CHF"), ("from", "01.10.2026"), ("rate", value)];
        assert_eq!(browser.post("/settings/rates", &rate("1,0654")).await.status, StatusCode::SEE_OTHER);
        assert_eq!(browser.post("/settings/rates", &rate("1,07")).await.status, StatusCode::SEE_OTHER);
        let rates = kontor::settings::store::rates(house.office.db.read()).await.expect("rates");
        assert_eq!(rates.len(), 1);
        assert_eq!(rates[0].rate.rate.to_decimal().to_string(), "1.0700");
        assert!(matches!(&house.events().await[0], Event::RateSet { before: Some(before), .. } if before.rate.to_decimal().to_string() == "1.0654"));
        for wrong in [vec![("currency", "EUR"), ("from", "01.10.2026"), ("rate", "1,1")], vec![("currency", "CHF"), ("from", "31.02.2026"), ("rate", "-1")]] {
            let page = browser.post("/settings/rates", &wrong).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
            let first = if wrong[0].1 == "EUR" { "currency" } else { "from" };
            assert!(page.text().contains(&format!("href=\"#field-rate-{first}\"")), "the error leads to its field: {}", page.text());
            assert_eq!(page.text().matches("id=\"field-currency\"").count(), 1, "both forms ask for a currency");
        }
        let kept = browser.post("/settings", &FORM).await;
        assert_eq!(kept.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(kept.text().contains("Die hinterlegten Kurse gelten für EUR."), "{}", kept.text());
        assert_eq!(browser.post(&format!("/settings/rates/{}/remove", rates[0].id), &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(browser.post("/settings", &FORM).await.status, StatusCode::SEE_OTHER);
        assert!(kontor::settings::store::rates(house.office.db.read()).await.expect("rates").is_empty());
    }
}
