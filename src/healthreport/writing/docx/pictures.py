"""Pictures: what a png or jpeg file shows, how large, and the bytes that are printed of it.

Pillow reads them: python-docx knows a jpeg by its first marker only, and takes a file that was cut short for whole.
"""

from __future__ import annotations

import io
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

from healthreport.trees.document import Picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

EMU_PER_TWIP = 635
EMU_PER_INCH = 914_400
MAX_PIXELS = 60_000_000
_FLATTEST = 1000
_UNKNOWN_DENSITY = 72.0  # what Word takes
_DENSITY_OF_SCREENS = 96.0
# What an office printer prints to the inch. A picture that is not much finer stays as it is: a new one is never better.
_PRINTED = 300
_MUCH_FINER = 1.25
_JPEG_QUALITY = 90
_KINDS = {"PNG": "png", "JPEG": "jpeg", "MPO": "jpeg"}  # phones add a second picture (MPO); the first one is shown
_ORIENTATION = 0x0112
_SIDEWAYS = (5, 6, 7, 8)
# Pixels of these kinds can be made fewer; those of others stand for colours or depths.
_SMOOTH = ("L", "LA", "RGB", "RGBA", "CMYK")
_HEIC = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
_SAVE_AS_JPEG = "请另存为 png 或 jpg，再放进来。"
_HEIC_AS_JPEG = (
    "请在手机上把它转成 jpg（如发到微信或邮箱里再存下来），或在电脑的“照片”里另存为 jpg；"
    "苹果手机以后在“设置—相机—格式”里选“兼容性最佳”。"
)


class BadPictureError(ValueError):
    """A file that cannot be shown, and the way out."""

    def __init__(self, message: str, hint: str = _SAVE_AS_JPEG) -> None:
        super().__init__(message)
        self.hint = hint


def measure(data: bytes) -> Picture:
    """Return a picture with its natural size, as it stands upright. Raises :class:`BadPictureError`."""
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        raise BadPictureError("这是手机的 HEIC 照片，Word 里看不到", _HEIC_AS_JPEG)
    try:
        with _opened(data) as image:
            kind = _KINDS[str(image.format)]
            across, down = image.size
            if across * down <= MAX_PIXELS:
                size = _natural_size(image)
                image.draft(None, (1, 1))  # a jpeg in an eighth of the time, and still to its end
                image.load()
        with _opened(data) as image:
            image.verify()  # a png to its end, behind the last pixel
    except Exception:
        raise BadPictureError("不是完好的 png 或 jpg 图片") from None
    if across * down > MAX_PIXELS:
        raise BadPictureError("图片的像素太多", "请缩小图片，再放进来。")
    if not across * down or max(across, down) > _FLATTEST * min(across, down):
        raise BadPictureError("图片太扁或太长，缩到版心里就看不见了", "请裁剪图片，再放进来。")
    return Picture(data, kind, *size)


def _natural_size(image: Image) -> tuple[int, int]:
    """Return width and height in EMU; a density that cannot be counts as that of a screen."""
    said = [max(1, round(float(dots))) for dots in image.info.get("dpi", (_UNKNOWN_DENSITY,) * 2)]
    sizes = [int(pixels / dots * EMU_PER_INCH) for pixels, dots in zip(image.size, said, strict=True)]
    if min(sizes) < EMU_PER_TWIP:
        sizes = [int(pixels / _DENSITY_OF_SCREENS * EMU_PER_INCH) for pixels in image.size]
    across, down = sizes
    return (down, across) if _orientation(image) in _SIDEWAYS else (across, down)


def _orientation(image: Image) -> int:
    """Return how a camera was held, as its picture says: 1 is upright."""
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # what cannot be read says nothing
        return 1


def printed(picture: Picture, width: int, height: int) -> Picture:
    """Return a picture as it is printed so large (EMU): upright, since Word turns none, and not finer than a printer."""
    from PIL import Image, ImageOps

    with _opened(picture.data) as image:
        turned = _orientation(image)
        room = [max(1, round(side * _PRINTED / EMU_PER_INCH)) for side in (width, height)]
        if turned in _SIDEWAYS:
            room.reverse()
        finer = max(pixels / dots for pixels, dots in zip(image.size, room, strict=True)) > _MUCH_FINER
        if turned not in range(2, 9) and not finer:
            return picture
        icc = image.info.get("icc_profile")
        made = _smooth(image)
        if finer and made.mode in _SMOOTH:
            made.thumbnail((room[0], room[1]), Image.Resampling.LANCZOS)
        saved = io.BytesIO()
        ImageOps.exif_transpose(made).save(saved, picture.kind, quality=_JPEG_QUALITY, icc_profile=icc)
    smaller = picture._replace(data=saved.getvalue())
    return smaller if turned in range(2, 9) or len(smaller.data) < len(picture.data) else picture


def _smooth(image: Image) -> Image:
    """Return a picture whose colours mix: one of a palette, or of black and white alone, has none between them."""
    if image.mode == "P":
        return image.convert("RGBA" if "transparency" in image.info else "RGB")
    return image.convert("L") if image.mode == "1" else image


@contextmanager
def _opened(data: bytes) -> Iterator[Image]:
    """Open a picture; what Pillow would warn of is told, or is nothing to whoever sees the picture."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
            yield image
