"""Files are taken by what they hold; a picture leaves everything but its pixels behind."""

import io
import struct
import warnings
import zlib
from contextlib import suppress

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from engage.core.refusal import Refused
from engage.funding.adapters import pictures
from engage.funding.rules.reasons import Reason
from engage.funding.rules.reporting import LARGEST_FILE, LONGEST_SIDE, TYPES

RED, BLUE, SECRET = (255, 0, 0), (0, 0, 255), b"SECRET-OF-MINE"
STARTS = [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x00\x01\x00\x00WEBP", b"%PDF-"]
KINDS = ["JPEG", "PNG", "WEBP"]


def drawn(size=(60, 40), mode="RGB"):
    """Return a picture whose left third is red and whose rest is blue."""
    image = Image.new("RGB", size, BLUE)
    image.paste(RED, (0, 0, size[0] // 3, size[1]))
    return image.convert(mode)


def saved(kind, image=None, **options):
    target = io.BytesIO()
    (image or drawn()).save(target, kind, **options)
    return target.getvalue()


def opened(content):
    return Image.open(io.BytesIO(pictures.take(content).content))


def refusal(content):
    with pytest.raises(Refused) as caught:
        pictures.take(content)
    return caught.value.reason


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, data):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def position(orientation=1):
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = orientation, SECRET.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0), 29: "2026:11:24"})
    return exif


def is_close(pixel, colour):
    return all(abs(one - other) < 40 for one, other in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_keeps_its_kind_and_its_looks(kind):
    taken = pictures.take(saved(kind))
    assert taken.content_type == TYPES[kind]
    image = Image.open(io.BytesIO(taken.content))
    assert (image.format, image.size) == (kind, (60, 40))
    assert is_close(image.convert("RGB").getpixel((5, 20)), RED)
    assert is_close(image.convert("RGB").getpixel((50, 20)), BLUE)


def test_a_pdf_stays_as_it_is():
    content = b"%PDF-1.7\n%%EOF"
    assert pictures.take(content) == pictures.Taken(content, "application/pdf")
    assert refusal(b"\n" + content) == Reason.FILE_NOT_KNOWN


@pytest.mark.parametrize("kind", KINDS)
def test_the_position_is_gone(kind):
    content = saved(kind, exif=position())
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825)[2] == (52.0, 31.0, 12.0)
    assert SECRET in content
    kept = pictures.take(content).content
    assert not any(mark in kept for mark in (SECRET, b"Exif", b"EXIF", b"eXIf", b"2026:11:24"))
    exif = Image.open(io.BytesIO(kept)).getexif()
    assert not dict(exif)
    assert not exif.get_ifd(0x8825)


@pytest.mark.parametrize("kind", KINDS)
def test_profile_and_xmp_are_gone(kind):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    text = PngImagePlugin.PngInfo()
    text.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{SECRET.decode()}</x:xmpmeta>")
    xmp = {"pnginfo": text} if kind == "PNG" else {"xmp": b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"}
    content = saved(kind, icc_profile=profile, **xmp)
    assert SECRET in content
    kept = pictures.take(content).content
    assert not any(mark in kept for mark in (SECRET, b"xmp", b"ICC", b"iCCP"))
    assert not {"icc_profile", "xmp", "exif"} & set(Image.open(io.BytesIO(kept)).info)


def test_a_comment_and_a_text_chunk_are_gone():
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", SECRET.decode())
    for content in (saved("JPEG", comment=SECRET), saved("PNG", pnginfo=text)):
        assert SECRET in content
        kept = pictures.take(content).content
        assert SECRET not in kept
        assert not {"comment", "Author"} & set(Image.open(io.BytesIO(kept)).info)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("orientation, size, red, blue", [
    (3, (60, 40), (55, 20), (5, 20)), (6, (40, 60), (20, 5), (20, 55)), (8, (40, 60), (20, 55), (20, 5)),
])
def test_a_picture_stands_upright(kind, orientation, size, red, blue):
    image = opened(saved(kind, exif=position(orientation))).convert("RGB")
    assert image.size == size
    assert is_close(image.getpixel(red), RED)
    assert is_close(image.getpixel(blue), BLUE)


def test_nonsense_about_the_orientation_is_passed_over():
    assert opened(saved("JPEG", exif=b"Exif\x00\x00nonsense")).size == (60, 40)


@pytest.mark.parametrize("kind", KINDS)
def test_a_large_picture_becomes_smaller(kind):
    assert opened(saved(kind, drawn((3000, 1500)))).size == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_a_very_large_jpeg_is_still_upright_and_red():
    image = opened(saved("JPEG", drawn((6000, 5000)), exif=position(6)))
    assert image.size == (LONGEST_SIDE * 5 // 6, LONGEST_SIDE)
    assert is_close(image.getpixel((1000, 100)), RED)


@pytest.mark.parametrize("width, height", [(20_000, 20_000), (10_000, 9_500), (8_000, 6_251), (50_000_001, 1)])
def test_a_bomb_is_refused_by_its_header(width, height, monkeypatch):
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", None)  # nothing may be decoded
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        assert refusal(png(width, height, b"\x00" * 1000)) == Reason.PICTURE_TOO_LARGE
    assert not heard


def test_a_huge_picture_in_few_bytes_is_refused():
    content = saved("PNG", Image.new("L", (9000, 6000)))
    assert len(content) < 200_000
    assert refusal(content) == Reason.PICTURE_TOO_LARGE


def test_a_huge_webp_is_refused():
    head = b"VP8X" + struct.pack("<II", 10, 0) + (16_382).to_bytes(3, "little") * 2
    frame = saved("WEBP")[12:]
    content = b"RIFF" + struct.pack("<I", 4 + len(head) + len(frame)) + b"WEBP" + head + frame
    assert refusal(content) == Reason.PICTURE_TOO_LARGE
    assert refusal(saved("WEBP", Image.new("RGB", (9000, 6000)), method=0)) == Reason.PICTURE_TOO_LARGE


@pytest.mark.parametrize("content", [
    b"", b"\xff\xd8", b"RIFF", b"<!doctype html><script>alert(1)</script>", b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    b"GIF89a", b"  %PDF-1.7", b"MZ", saved("GIF"), saved("TIFF"), saved("BMP"), saved("PPM"), saved("ICO"),
])
def test_anything_else_is_not_known(content):
    assert refusal(content) == Reason.FILE_NOT_KNOWN


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("share", [0.05, 0.5, 0.9])
def test_half_a_picture_is_broken(kind, share):
    content = saved(kind, Image.effect_noise((200, 200), 80).convert("RGB"))
    assert refusal(content[:max(12, int(len(content) * share))]) == Reason.FILE_BROKEN


def test_wrong_pixels_are_broken():
    assert refusal(png(100, 100, b"\x00" * 50)) == Reason.FILE_BROKEN
    assert refusal(b"\xff\xd8\xff<html>") == Reason.FILE_BROKEN


def test_a_file_of_five_megabytes_is_the_largest():
    content = b"%PDF-" + b"x" * (LARGEST_FILE - 5)
    assert pictures.take(content).content == content
    with pytest.raises(Refused) as caught:
        pictures.take(content + b"x")
    assert (caught.value.reason, caught.value.details) == (Reason.FILE_TOO_LARGE, {"most_mb": 5})


@pytest.mark.parametrize("kind", KINDS)
def test_what_hangs_on_a_picture_falls_off(kind):
    kept = pictures.take(saved(kind) + b"<html><script>" + SECRET + b"</script></html>").content
    assert SECRET not in kept
    assert b"<html" not in kept


def test_a_jpeg_for_print_becomes_one_for_the_screen():
    image = opened(saved("JPEG", drawn(mode="CMYK")))
    assert image.mode == "RGB"
    assert is_close(image.getpixel((5, 20)), RED)


def test_two_pictures_in_one_jpeg_leave_the_first():
    content = saved("MPO", save_all=True, append_images=[Image.new("RGB", (60, 40), "lime")])
    taken = pictures.take(content)
    assert taken.content_type == "image/jpeg"
    image = Image.open(io.BytesIO(taken.content))
    assert (image.format, getattr(image, "n_frames", 1)) == ("JPEG", 1)
    assert is_close(image.getpixel((5, 20)), RED)


def test_a_palette_keeps_its_transparency():
    image = drawn(mode="P")
    image = opened(saved("PNG", image, transparency=image.getpixel((5, 20))))
    assert image.mode == "RGBA"
    assert image.getpixel((5, 20))[3] == 0
    assert image.getpixel((50, 20)) == (*BLUE, 255)


@pytest.mark.parametrize("mode, kept", [("1", "L"), ("L", "L"), ("LA", "RGBA"), ("RGBA", "RGBA"), ("P", "RGB"), ("I;16", "L")])
def test_every_kind_of_png_is_taken(mode, kept):
    assert opened(saved("PNG", Image.new(mode, (9, 9)))).mode == kept


def test_sixteen_bits_of_grey_keep_their_shades():
    image = Image.new("I;16", (20, 10), 40_000)
    assert opened(saved("PNG", image)).getpixel((5, 5)) == 156


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_of_a_moving_picture_the_first_frame_stays(kind):
    content = saved(kind, save_all=True, append_images=[Image.new("RGB", (60, 40), "lime")], duration=100)
    assert Image.open(io.BytesIO(content)).n_frames == 2
    image = opened(content)
    assert getattr(image, "n_frames", 1) == 1
    assert is_close(image.convert("RGB").getpixel((5, 20)), RED)


@given(st.sampled_from(STARTS), st.binary(max_size=400))
@settings(deadline=None)
def test_random_bytes_are_taken_or_refused(start, rest):
    with suppress(Refused):
        assert pictures.take(start + rest).content_type in TYPES.values()


@given(st.sampled_from([saved(kind, exif=position()) for kind in KINDS]), st.data())
@settings(deadline=None, max_examples=200)
def test_a_damaged_picture_is_taken_or_refused(content, data):
    place = data.draw(st.integers(0, len(content) - 1))
    damaged = content[:place] + data.draw(st.binary(min_size=1, max_size=8)) + content[place + 1:]
    assume(not damaged.startswith(b"%PDF-"))  # kept as it is, whatever it holds
    with suppress(Refused):
        assert SECRET not in pictures.take(damaged).content
