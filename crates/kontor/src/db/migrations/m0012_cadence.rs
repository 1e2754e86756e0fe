//! How often contact should happen: the company's rules, and accounts and people with an interval of their own.

use sea_orm_migration::prelude::*;

use super::{id, index, instant, instant_null, number, number_null, refers, text};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0012_cadence"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // A row is one version of all rules, as they are changed together; the newest is in force.
        let rules =
            Table::create().table("cadence_rules").col(id()).col(text("value")).col(instant("created_at")).col(number("created_by")).take();
        manager.create_table(rules).await?;

        let own = Table::create()
            .table("cadence_override")
            .col(id())
            .col(number("account_id"))
            .col(number_null("person_id"))
            .col(number("wanted_days"))
            .col(number("longest_days"))
            .col(instant("created_at"))
            .col(number("created_by"))
            .col(instant_null("ended_at"))
            .col(number_null("ended_by"))
            .foreign_key(&mut refers("cadence_override", "account_id", "account"))
            .take();
        manager.create_table(own).await?;
        index(manager, "cadence_override", &["account_id", "person_id"], false).await
    }
}
