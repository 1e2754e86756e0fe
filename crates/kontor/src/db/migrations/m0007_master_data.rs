//! Master data of accounts, what each source says of them, further addresses, custom fields, and which records an audit event touches besides its subject.

use sea_orm_migration::prelude::*;

use super::{id, index, instant, instant_null, number, number_null, refers, text, text_null};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0007_master_data"
    }
}

/// Added to rows that are there already, as these values.
fn filled(mut column: ColumnDef, value: impl Into<Value>) -> ColumnDef {
    column.default(value.into()).take()
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let master = [
            text_null("legal_form"),
            text_null("street"),
            number_null("employees"),
            text_null("website"),
            text_null("vat_id"),
            text_null("lei"),
            text_null("language"),
            filled(text("lifecycle"), "active"),
            // Tags between commas and custom values as JSON lie in the row: they are always read and changed with it.
            filled(text("tags"), ""),
            filled(text("custom"), "{}"),
            // The fields that imports leave alone, between blanks.
            filled(text("hand_set"), ""),
            instant_null("archived_at"),
            // The revision of the accounts at which the row changed last; what is kept in memory reads only what is newer.
            filled(number("changed"), 0_i64),
        ];
        for column in master {
            manager.alter_table(Table::alter().table("account").add_column(column).take()).await?;
        }
        index(manager, "account", &["changed"], false).await?;

        let said = [
            // The first number by this is the one whose source speaks for the account.
            filled(number("rank"), 0_i64),
            text_null("erp_name"),
            text_null("erp_country"),
            text_null("erp_postal_code"),
            text_null("erp_city"),
            text_null("erp_industry"),
        ];
        for column in said {
            manager.alter_table(Table::alter().table("account_number").add_column(column).take()).await?;
        }
        let of_account = |column: &str| format!("erp_{column} = (SELECT a.{column} FROM account a WHERE a.id = account_number.account_id)");
        let said: Vec<String> = ["name", "country", "postal_code", "city", "industry"].iter().map(|column| of_account(column)).collect();
        manager.get_connection().execute_unprepared(&format!("UPDATE account_number SET {}", said.join(", "))).await?;

        let address = Table::create()
            .table("account_address")
            .col(id())
            .col(number("account_id"))
            .col(text("kind"))
            .col(text("addressee"))
            .col(text("street"))
            .col(text("postal_code"))
            .col(text("city"))
            .col(text("country"))
            .foreign_key(&mut refers("account_address", "account_id", "account"))
            .take();
        manager.create_table(address).await?;
        index(manager, "account_address", &["account_id"], false).await?;

        let field = Table::create()
            .table("custom_field")
            .col(id())
            .col(text("key"))
            .col(text("kind"))
            .col(text("label_de"))
            .col(text("label_en"))
            .col(text("choices"))
            .col(instant("created_at"))
            .col(instant_null("archived_at"))
            .take();
        manager.create_table(field).await?;
        index(manager, "custom_field", &["key"], true).await?;

        let touched = Table::create()
            .table("audit_touched")
            .col(id())
            .col(number("event_id"))
            .col(text("subject_kind"))
            .col(number("subject_id"))
            .col(text("changes"))
            .take();
        manager.create_table(touched).await?;
        index(manager, "audit_touched", &["subject_kind", "subject_id", "event_id"], false).await
    }
}
