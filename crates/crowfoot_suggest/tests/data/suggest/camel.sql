-- Names in camelCase; a pair that may belong to anything.
-- > tasks.projectId -> projects.id
-- > tasks.parentTaskId -> tasks.id
-- > tasks.assigneeId -> accounts.id
-- > taskComments.taskId -> tasks.id
-- > taskComments.authorId -> accounts.id
create table projects (id uuid primary key, title text);
create table accounts (id uuid primary key, "userName" text, "passwordHash" text);
create table tasks (
    id uuid primary key,
    "projectId" uuid not null,
    "parentTaskId" uuid,
    "assigneeId" uuid,
    title text
);
create table "taskComments" (id uuid primary key, "taskId" uuid not null, "authorId" uuid not null, body text);
create table attachments (
    id uuid primary key,
    "attachableType" text not null,
    "attachableId" uuid not null,
    url text
);
