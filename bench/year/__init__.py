"""Lives through a school year: schools, families, the treasurer and the weather, by chance.

A virtual clock goes from day to day, everything that people do is a call of a service, and the
worker's own jobs run when the worker does. After each day the doctor examines the whole database,
and each pound is counted again by code that knows nothing of the services.
"""
