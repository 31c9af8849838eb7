package dev.matrix.devtools;
import java.nio.file.*;
final class GalleryMain {
    public static void main(String[] args) throws Exception {
        Gallery gallery = new Gallery();
        Files.write(Path.of("/tmp/openapi.json"), gallery.tools().openApi(gallery.dispatcher().catalog().newest(), true));
        for (SdkLanguage l : SdkLanguage.values()) { Sdk s = gallery.tools().sdk(l); Files.createDirectories(Path.of("/tmp/sdkout/gallery")); Files.writeString(Path.of("/tmp/sdkout/gallery/" + s.fileName()), s.source()); }
        System.out.println(gallery.site().uri());
        Thread.sleep(10000000);
    }
}
