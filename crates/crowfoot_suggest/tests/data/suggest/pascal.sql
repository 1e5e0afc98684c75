-- Singular tables in PascalCase, each key named after its table, as on SQL Server.
-- > Employee.ManagerID -> Employee.EmployeeID
-- > Product.SupplierID -> Supplier.SupplierID
-- > SalesOrder.CustomerID -> Customer.CustomerID
-- > SalesOrder.SalesPersonEmployeeID -> Employee.EmployeeID
-- > SalesOrderLine.SalesOrderID -> SalesOrder.SalesOrderID
-- > SalesOrderLine.ProductID -> Product.ProductID
CREATE TABLE [dbo].[Customer] ([CustomerID] INT NOT NULL PRIMARY KEY, [FullName] NVARCHAR(100) NOT NULL);
CREATE TABLE [dbo].[Employee] ([EmployeeID] INT NOT NULL PRIMARY KEY, [ManagerID] INT NULL, [LastName] NVARCHAR(60) NOT NULL);
CREATE TABLE [dbo].[Product] ([ProductID] INT NOT NULL PRIMARY KEY, [SupplierID] INT NULL, [ProductName] NVARCHAR(60) NOT NULL);
CREATE TABLE [dbo].[Supplier] ([SupplierID] INT NOT NULL PRIMARY KEY, [SupplierName] NVARCHAR(60) NOT NULL);
CREATE TABLE [dbo].[SalesOrder] ([SalesOrderID] INT NOT NULL PRIMARY KEY, [CustomerID] INT NOT NULL, [SalesPersonEmployeeID] INT NULL, [OrderDate] DATETIME2 NOT NULL);
CREATE TABLE [dbo].[SalesOrderLine] ([SalesOrderLineID] INT NOT NULL PRIMARY KEY, [SalesOrderID] INT NOT NULL, [ProductID] INT NOT NULL, [Quantity] INT NOT NULL);
