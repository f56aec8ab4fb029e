using System.Buffers.Binary;

namespace ExplainLsp.Samples.Tests;

public sealed class PictureErrorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("rgb.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("grey.jpg")]
    [InlineData("cmyk.jpg")]
    [InlineData("rgb.bmp")]
    [InlineData("palette.png")]
    [InlineData("rgba.png")]
    [InlineData("grey-16.png")]
    [InlineData("rgb-16-interlaced.png")]
    [InlineData("animated.gif")]
    [InlineData("lossless.webp")]
    [InlineData("lossy.webp")]
    public void Read_CutShort_IsRefused(string image)
    {
        var file = File.ReadAllBytes(Fixture.Path("data/pictures/" + image));
        // The second frame of an animation may be missing: the first is what is explained.
        foreach (var share in image == "animated.gif" ? new[] { 0.1, 0.3 } : [0.1, 0.5, 0.9])
        {
            var error = Refused("cut" + Path.GetExtension(image), file[..(int)(file.Length * share)]);
            Assert.Contains("truncated or damaged", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_Text_IsNoImage()
    {
        Assert.StartsWith("photo.png is not an image", Refused("photo.png", "not a picture at all"u8.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Empty_SaysSo()
    {
        Assert.StartsWith("photo.png is empty", Refused("photo.png", []), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_HeaderAlone_IsRefused()
    {
        Refused("photo.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        Refused("photo.jpg", [0xFF, 0xD8, 0xFF]);
        Refused("photo.bmp", "BM    "u8.ToArray());
        Refused("photo.webp", "RIFF    WEBP"u8.ToArray());
        Refused("photo.gif", "GIF89a"u8.ToArray());
    }

    [Fact]
    public void Read_DamagedPixels_IsRefused()
    {
        var file = File.ReadAllBytes(Fixture.Path("data/photos/china.png"));
        file[file.Length / 2] ^= 0xFF;

        Assert.Contains("truncated or damaged", Refused("photo.png", file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grey.png")]
    [InlineData("grey-16.png")]
    public void Read_HundredMegapixels_IsRefusedWithTheNumbers(string image)
    {
        var file = File.ReadAllBytes(Fixture.Path("data/pictures/" + image));
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), 10_000);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), 10_000);

        Assert.Equal("huge.png is 10000 × 10000 pixels (100 megapixels), more than 64. Scale it down.", Refused("huge.png", file));
    }

    [Fact]
    public void Read_HugeJpeg_IsRefusedWithTheNumbers()
    {
        var file = File.ReadAllBytes(Fixture.Path("data/pictures/rgb.jpg"));
        var frame = file.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 5), 20_000);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 7), 10_000);

        Assert.Contains("10000 × 20000 pixels (200 megapixels)", Refused("huge.jpg", file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grey.png", 16, 4)]
    [InlineData("grey-16.png", 20, 4)]
    [InlineData("animated.gif", 6, 2)]
    [InlineData("rgb.bmp", 18, 4)]
    public void Read_NoPixels_IsRefused(string image, int place, int length)
    {
        var file = File.ReadAllBytes(Fixture.Path("data/pictures/" + image));
        file.AsSpan(place, length).Clear();

        Assert.Contains("has no pixels", Refused("zero" + Path.GetExtension(image), file), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Missing_SaysSo()
    {
        var error = Assert.Throws<SampleException>(() => Picture.Read(folder.Path("nowhere.png")));
        Assert.EndsWith("nowhere.png does not exist. Check the path.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Folder_SaysSo()
    {
        Directory.CreateDirectory(folder.Path("pictures"));
        var error = Assert.Throws<SampleException>(() => Picture.Read(folder.Path("pictures")));
        Assert.Contains("is a folder, not a file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RandomBytesAfterAnyHeader_NeverBreaks()
    {
        var random = new Random(7);
        foreach (var image in new[] { "rgb.jpg", "progressive.jpg", "rgb.bmp", "palette.png", "grey-16.png", "rgb-16-interlaced.png", "animated.gif", "lossy.webp", "orientation-6.png" })
        {
            var file = File.ReadAllBytes(Fixture.Path("data/pictures/" + image));
            for (var round = 0; round < 60; round++)
            {
                var broken = (byte[])file.Clone();
                for (var i = 0; i < 1 + (round / 10); i++)
                    broken[random.Next(4, broken.Length)] = (byte)random.Next(256);
                try
                {
                    Assert.True(Picture.Read(folder.Write("broken", broken)).Width > 0);
                }
                catch (SampleException e)
                {
                    Assert.DoesNotContain('\n', e.Message);
                }
            }
        }
    }

    private string Refused(string name, byte[] file)
    {
        var error = Assert.Throws<SampleException>(() => Picture.Read(folder.Write(name, file)));
        Assert.DoesNotContain('\n', error.Message);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
        return error.Message;
    }
}
