//! Settings, currency rates and the audit log.

use sea_orm_migration::prelude::*;

use super::{day, id, index, instant, number, text};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0002_settings_and_audit"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Every change is a new row; the newest one holds.
        let setting =
            Table::create().table("setting").col(id()).col(text("value")).col(instant("created_at")).col(number("created_by")).take();
        manager.create_table(setting).await?;

        let rate = Table::create().table("currency_rate").col(id()).col(text("currency")).col(day("valid_from")).col(number("rate")).take();
        manager.create_table(rate).await?;
        index(manager, "currency_rate", &["currency", "valid_from"], true).await?;

        // No foreign keys: an event outlives its subject.
        let audit = Table::create()
            .table("audit_event")
            .col(id())
            .col(instant("at"))
            .col(number("actor_id"))
            .col(text("actor_name"))
            .col(text("via"))
            .col(text("kind"))
            .col(text("data"))
            .take();
        manager.create_table(audit).await
    }
}
