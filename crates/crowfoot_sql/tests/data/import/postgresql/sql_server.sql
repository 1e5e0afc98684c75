-- A script of SQL Server is told once, and read as far as it goes.
USE [shop]
GO
SET ANSI_NULLS ON
GO
CREATE TABLE [dbo].[Customer](
	[Id] [int] IDENTITY(1,1) NOT NULL,
	[Full Name] [nvarchar](80) NOT NULL,
	[Email] NVARCHAR(255) NULL CONSTRAINT [DF_Email] DEFAULT (N''),
 CONSTRAINT [PK_Customer] PRIMARY KEY CLUSTERED ([Id] ASC) WITH (PAD_INDEX = OFF) ON [PRIMARY]
) ON [PRIMARY] TEXTIMAGE_ON [PRIMARY]
GO
CREATE TABLE [sales].[Order] ([Id] [bigint] NOT NULL PRIMARY KEY, [CustomerId] [int] NOT NULL, [At] [datetime2](7))
GO
ALTER TABLE [sales].[Order] ADD  CONSTRAINT [DF_At]  DEFAULT (getdate()) FOR [At]
GO
ALTER TABLE [sales].[Order]  WITH CHECK ADD  CONSTRAINT [FK_Customer] FOREIGN KEY([CustomerId])
REFERENCES [dbo].[Customer] ([Id])
GO
ALTER TABLE [sales].[Order] CHECK CONSTRAINT [FK_Customer]
GO
CREATE NONCLUSTERED INDEX [IX_Customer] ON [sales].[Order] ([CustomerId] ASC)
go
