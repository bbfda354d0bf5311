from PIL import Image


def fit(width, height, box_width, box_height):
    ratio = min(box_width / width, box_height / height, 1)
    return max(1, round(width * ratio)), max(1, round(height * ratio))


def crop_box(width, height, aspect):
    if width / height > aspect:
        wanted = height * aspect
        left = (width - wanted) / 2
        return left, 0, left + wanted, height
    wanted = width / aspect
    top = (height - wanted) / 2
    return 0, top, width, top + wanted


def thumbnail(path, target, size=(320, 240)):
    with Image.open(path) as image:
        image = image.crop(crop_box(*image.size, size[0] / size[1]))
        image = image.resize(size)
        image.save(target, quality=85)


def columns(page_width, gutter, count):
    return (page_width - gutter * (count - 1)) / count
