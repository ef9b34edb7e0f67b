"""What the process runs that a calendar is read in."""

from booking.days.partners.reading import apart

if __name__ == "__main__":
    apart.main()
