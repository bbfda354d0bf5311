from decimal import Decimal, ROUND_HALF_UP

from django.contrib import messages
from django.core.paginator import EmptyPage, Paginator
from django.db.models import F, Sum
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render

from .forms import CouponForm
from .models import Basket, Product

TAX_RATE = Decimal('0.19')
PER_PAGE = 24


def total_of(lines, shipping=Decimal('4.90')):
    subtotal = sum((line.price * line.quantity for line in lines), Decimal('0'))
    tax = (subtotal * TAX_RATE).quantize(Decimal('0.01'), rounding=ROUND_HALF_UP)
    free = subtotal >= 50
    return subtotal + tax + (0 if free else shipping)


def product_list(request, category=None):
    products = Product.objects.filter(active=True).order_by('-created')
    if category:
        products = products.filter(category__slug=category)
    paginator = Paginator(products, PER_PAGE)
    number = int(request.GET.get('page', 1))
    try:
        page = paginator.page(number)
    except EmptyPage:
        page = paginator.page(paginator.num_pages)
    first = (page.number - 1) * PER_PAGE + 1
    last = min(first + PER_PAGE - 1, paginator.count)
    return render(request, 'shop/list.html', {'page': page, 'first': first, 'last': last})


def add_to_basket(request, pk):
    product = get_object_or_404(Product, pk=pk)
    quantity = max(1, int(request.POST.get('quantity', 1)))
    basket, _ = Basket.objects.get_or_create(session=request.session.session_key)
    basket.lines.filter(product=product).update(quantity=F('quantity') + quantity)
    messages.success(request, f'{quantity} × {product.name} added')
    return redirect('basket')


def statistics(request):
    revenue = Basket.objects.aggregate(total=Sum('total'))['total'] or 0
    count = Basket.objects.count()
    return JsonResponse({'revenue': float(revenue), 'average': float(revenue) / count if count else 0.0})
