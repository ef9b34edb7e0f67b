"""The demonstration: a living network, seeded through the services as its people would act."""
