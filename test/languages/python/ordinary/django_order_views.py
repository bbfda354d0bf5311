from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.db.models import F, Sum
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render

from shop.models import Order, OrderLine


@login_required
def order_detail(request, pk):
    order = get_object_or_404(Order, pk=pk, customer=request.user)
    net = order.lines.aggregate(total=Sum(F("quantity") * F("unit_price")))["total"] or Decimal("0")
    vat = net * order.vat_rate / 100
    return render(request, "shop/order.html", {"order": order, "net": net, "vat": vat, "gross": net + vat})


@login_required
def change_quantity(request, line_id, delta):
    line = get_object_or_404(OrderLine, pk=line_id)
    line.quantity = max(0, line.quantity + int(delta))
    if line.quantity == 0:
        line.delete()
        return JsonResponse({"removed": True})
    line.save(update_fields=["quantity"])
    return JsonResponse({"quantity": line.quantity, "subtotal": str(line.quantity * line.unit_price)})
