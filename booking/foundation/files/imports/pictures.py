"""Pictures, written anew: what comes out has the pixels and nothing else.

A photograph says where and when it was taken, sometimes by whom, and can carry more than a picture;
none of that is copied. Only this file imports Pillow.
"""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from booking.domain.filing import FileKind
from booking.foundation.files.refusals import FileNotTaken

#: Pictures are made no larger than this, which fills a page on paper.
SIDE_MAX = 3000
#: A picture of more pixels is not even unpacked: a small file can hold a huge one.
PIXELS_MAX = 50_000_000
_NAMES = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG", FileKind.WEBP: "WEBP"}
_OPAQUE, _CLEAR = "RGB", "RGBA"
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
#: What Pillow raises for a picture that is damaged.
_DAMAGED = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, KeyError)


def kind_of(content: bytes) -> FileKind | None:
    """Return which kind of picture begins like this."""
    if content.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return FileKind.WEBP
    return None


def rewritten(content: bytes, kind: FileKind, *, side_max: int = SIDE_MAX) -> bytes:
    """Return the picture upright and without anything around it. Raises FileNotTaken."""
    try:
        with Image.open(io.BytesIO(content), formats=(_NAMES[kind],)) as picture:
            if picture.width * picture.height > PIXELS_MAX:
                raise _too_large()
            return _written(_pixels(picture, side_max), kind)
    except _BOMBS as error:
        raise _too_large() from error
    except FileNotTaken:
        raise
    except _DAMAGED as error:
        raise FileNotTaken("This picture is damaged. Save it again, then choose it.") from error


def size_of(content: bytes) -> tuple[int, int]:
    """Return how many pixels wide and high a picture is that was written here."""
    with Image.open(io.BytesIO(content)) as picture:
        return picture.size


def _pixels(picture: Image.Image, side_max: int) -> Image.Image:
    """Return the picture's pixels, upright and not too many of them."""
    picture.draft(_OPAQUE, (side_max, side_max))  # a large JPEG is not even unpacked in full
    upright = ImageOps.exif_transpose(picture)
    clear = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
    pixels = upright.convert(_CLEAR if clear else _OPAQUE)
    pixels.thumbnail((side_max, side_max))
    pixels.info = {}
    return pixels


def _written(pixels: Image.Image, kind: FileKind) -> bytes:
    out = io.BytesIO()
    if kind is FileKind.PNG:
        pixels.save(out, "PNG")
    else:
        pixels.save(out, _NAMES[kind], quality=88)
    return out.getvalue()


def _too_large() -> FileNotTaken:
    return FileNotTaken(
        f"This picture has more than {PIXELS_MAX // 1_000_000} million pixels. Save it smaller."
    )
