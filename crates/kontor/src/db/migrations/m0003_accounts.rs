//! Accounts and the numbers they have in ERP systems.

use sea_orm_migration::prelude::*;

use super::{id, index, instant, number, refers, text, text_null};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0003_accounts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let account = Table::create()
            .table("account")
            .col(id())
            .col(text("name"))
            .col(text_null("country"))
            .col(text_null("postal_code"))
            .col(text_null("city"))
            .col(text_null("industry"))
            .col(instant("created_at"))
            .take();
        manager.create_table(account).await?;

        let account_number = Table::create()
            .table("account_number")
            .col(id())
            .col(number("account_id"))
            .col(text("source"))
            .col(text("number"))
            .foreign_key(&mut refers("account_number", "account_id", "account"))
            .take();
        manager.create_table(account_number).await?;
        index(manager, "account_number", &["source", "number"], true).await?;
        index(manager, "account_number", &["account_id"], false).await
    }
}
