// "Delivery" alone is this project's namespace.
global using LeasedDelivery = NymDirectory.Contracts.V1.Delivery;
