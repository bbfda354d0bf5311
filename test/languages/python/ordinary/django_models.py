from django.db import models
from django.utils import timezone


class Subscription(models.Model):
    name = models.CharField(max_length=80)
    monthly_price = models.DecimalField(max_digits=8, decimal_places=2)
    months = models.PositiveIntegerField(default=12)
    started = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-started"]

    def __str__(self):
        return f"{self.name} ({self.months} months)"

    @property
    def total(self):
        return self.monthly_price * self.months

    def discounted(self, percent):
        return self.total * (100 - percent) / 100

    def per_day(self):
        return self.total / (self.months * 30)
