//! Open next steps are found without reading past contacts: indexes that hold them alone, in place of those over all interactions.

use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0031_open_steps"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["account_id", "step_user_id"] {
            let before = format!("interaction_{column}_step_due");
            manager.drop_index(Index::drop().name(&before).table("interaction").to_owned()).await?;
            let index = Index::create()
                .name(format!("interaction_{column}_open_step"))
                .table("interaction")
                .col(column)
                .col("step_due")
                .and_where(Expr::cust("step <> ''"))
                .and_where(Expr::col("step_done_at").is_null())
                .take();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
